"""One question to the model: sent within bounds, and answered or refused with a reason."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.extraction.language_model.access import Access
from app.extraction.language_model.prompt import SYSTEM
from app.extraction.language_model.wire import answer_schema
from app.model.reading import Usage

if TYPE_CHECKING:
    from openai import OpenAI


@dataclass(frozen=True, slots=True)
class Answer:
    """The text of an answer and what it took; or, with ``failure``, why there is none.

    ``fatal`` says that no other document will fare better (a wrong key, an unknown model).
    """

    text: str = ""
    usage: Usage = field(default_factory=Usage)
    failure: str | None = None
    fatal: bool = False


class Client:
    """A model that is asked for claims; it is first reached when it is first asked."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def ask(self, message: str) -> Answer:
        """Ask about one document; what goes wrong on the way is told in the answer.

        Requests that time out, are turned away (408, 409, 429) or meet a fault of the server are
        sent again with growing pauses, or after the pause that the server asks for.
        """
        import openai

        try:
            raw = self._client.chat.completions.with_raw_response.create(
                model=self._access.name,
                messages=[
                    {"role": "system", "content": SYSTEM},
                    {"role": "user", "content": message},
                ],
                response_format={"type": "json_schema", "json_schema": _FORMAT},
                temperature=0.0,
            )
            retries, completion = raw.retries_taken, raw.parse()
        except openai.APITimeoutError:
            tries = self._access.retries + 1
            return _failed(f"no answer within {self._access.timeout:g} s, {tries} times", tries)
        except openai.APIConnectionError:
            return _failed("it could not be reached", self._access.retries + 1)
        except openai.APIStatusError as error:
            return self._turned_away(error.status_code)
        except (openai.OpenAIError, ValueError):
            return _failed("its answer is not of the protocol", 1)
        return self._read(completion, retries)

    @cached_property
    def _client(self) -> "OpenAI":
        from openai import OpenAI

        return OpenAI(
            base_url=self._access.base_url,
            # The library wants a key; a model on one's own machine mostly has none.
            api_key=self._access.api_key or "none",
            organization="",
            project="",
            timeout=self._access.timeout,
            max_retries=self._access.retries,
        )

    def _turned_away(self, status: int) -> Answer:
        again = status in (408, 409, 429) or status >= 500
        tries = self._access.retries + 1 if again else 1
        fatal = status in (401, 403, 404)
        return _failed(f"it answered with status {status}", tries, fatal=fatal)

    def _read(self, completion: Any, retries: int) -> Answer:
        used = getattr(completion, "usage", None)
        sent, got = _tokens(used, "prompt_tokens"), _tokens(used, "completion_tokens")
        usage = Usage(
            requests=retries + 1,
            retries=retries,
            input_tokens=sent,
            output_tokens=got,
            cost=self._access.cost(sent, got),
        )
        try:
            choice = completion.choices[0]
            reason, refusal = choice.finish_reason, choice.message.refusal
            text = choice.message.content
        except (AttributeError, IndexError, TypeError):
            return Answer(usage=usage, failure="its answer is not of the protocol")
        if refusal:
            return Answer(usage=usage, failure="it refused to read the text")
        if reason == "length":
            return Answer(usage=usage, failure="its answer was cut off")
        if reason == "content_filter":
            return Answer(usage=usage, failure="its answer was withheld by a filter")
        if not isinstance(text, str) or not text.strip():
            return Answer(usage=usage, failure="its answer is empty")
        return Answer(text, usage)


_FORMAT: Any = {"name": "claims", "strict": True, "schema": answer_schema()}


def _failed(reason: str, tries: int, *, fatal: bool = False) -> Answer:
    usage = Usage(requests=tries, retries=tries - 1)
    return Answer(usage=usage, failure=reason, fatal=fatal)


def _tokens(usage: object, name: str) -> int:
    count = getattr(usage, name, 0)
    return count if isinstance(count, int) and count > 0 else 0

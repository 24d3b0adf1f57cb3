/** A box with a list of what can be chosen for what is typed (the combobox pattern of ARIA). */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ComponentChildren, VNode } from "preact";

export interface Choice {
  readonly key: string;
  readonly show: ComponentChildren;
}

interface Props {
  readonly id: string;
  readonly label: string;
  readonly name?: string;
  readonly text: string;
  readonly placeholder: string;
  readonly choices: readonly Choice[];
  /** Whether choices for the present text are on their way. */
  readonly waiting: boolean;
  readonly onText: (text: string) => void;
  /** Choose one; returns whether the list closes. */
  readonly onChoose: (index: number) => boolean;
  readonly focused?: boolean;
}

export function Combobox(props: Props): VNode {
  const { id, label, text, choices, onText, onChoose } = props;
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const box = useRef<HTMLInputElement>(null);
  const list = useId();
  const shown = open && (choices.length > 0 || props.waiting);
  const chosen = active < choices.length ? active : -1;
  useEffect(() => setActive(-1), [text]);
  useEffect(() => {
    if (props.focused === true) box.current?.focus();
  }, []);
  useEffect(() => {
    if (chosen >= 0) document.getElementById(`${list}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const choose = (index: number): void => {
    if (onChoose(index)) setOpen(false);
    setActive(-1);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      setOpen(true);
      // One place past either end is the box itself.
      setActive(((chosen + 1 + step + choices.length + 1) % (choices.length + 1)) - 1);
    } else if (event.key === "Enter") {
      if (shown && chosen >= 0) {
        event.preventDefault();
        choose(chosen);
      } else setOpen(false);
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      setOpen(false);
    }
  };
  return (
    <div class="combobox">
      <label class="unseen" for={id}>{label}</label>
      <input
        ref={box}
        id={id}
        name={props.name}
        type="text"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={list}
        aria-activedescendant={shown && chosen >= 0 ? `${list}-${chosen}` : undefined}
        maxLength={500}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="search"
        placeholder={props.placeholder}
        value={text}
        onInput={(event) => {
          onText(event.currentTarget.value);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <ul class="choices" id={list} role="listbox" aria-label="What can be chosen" hidden={!shown}>
        {choices.map((choice, index) => (
          <li
            key={choice.key}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(index)}
          >
            {choice.show}
          </li>
        ))}
        {choices.length === 0 && <li role="option" aria-selected={false} aria-disabled="true" class="quiet">Looking …</li>}
      </ul>
      <span class="unseen" role="status">{shown && choices.length > 0 ? `${choices.length} to choose from` : ""}</span>
    </div>
  );
}

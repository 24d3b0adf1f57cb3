/** Citations and addresses of articles. */

import type { Article } from "../types.ts";

const SHOWN_AUTHORS = 4;

/** The citation as PubMed prints it, without the title. */
export function citationLine(article: Article): string {
  const names = article.authors.slice(0, SHOWN_AUTHORS).join(", ");
  const authors = article.authors.length > SHOWN_AUTHORS ? `${names}, et al` : names;
  const issue = article.issue === null ? "" : `(${article.issue})`;
  const pages = article.pages === null ? "" : `:${article.pages}`;
  const place = article.volume === null && issue === "" && pages === "" ? "" : `;${article.volume ?? ""}${issue}${pages}`;
  const when = article.published === null ? "" : ` ${article.published}`;
  const source = `${article.journal ?? ""}${when}${place}`.trim();
  return [authors, source].filter((part) => part !== "").map((part) => `${part}.`).join(" ").replaceAll("..", ".");
}

/** Where the world knows the thing that a CURIE names; null for a prefix that has no page. */
export function addressOf(curie: string): string | null {
  const colon = curie.indexOf(":");
  const local = curie.slice(colon + 1);
  switch (curie.slice(0, colon).toLowerCase()) {
    case "pmid":
      return /^\d+$/.test(local) ? `https://pubmed.ncbi.nlm.nih.gov/${local}/` : null;
    case "pmc":
      return /^\d+$/.test(local) ? `https://www.ncbi.nlm.nih.gov/pmc/articles/PMC${local}/` : null;
    case "doi":
      return `https://doi.org/${encodeURI(local)}`;
    default:
      return null;
  }
}

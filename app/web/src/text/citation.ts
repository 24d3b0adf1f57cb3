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
      return entityAddress(curie.slice(0, colon).toLowerCase(), local);
  }
}

/** Where an entity's own resource shows it, with what its identifiers look like there. */
const RESOURCES: Readonly<Record<string, readonly [form: RegExp, address: (local: string) => string]>> = {
  hgnc: [/^\d+$/u, (local) => `https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/HGNC:${local}`],
  ncbigene: [/^\d+$/u, (local) => `https://www.ncbi.nlm.nih.gov/gene/${local}`],
  ncbitaxon: [/^\d+$/u, (local) => `https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=${local}`],
  uniprotkb: [/^[A-Z0-9]{6,10}$/u, (local) => `https://www.uniprot.org/uniprotkb/${local}`],
  go: [/^\d{7}$/u, (local) => `https://amigo.geneontology.org/amigo/term/GO:${local}`],
  mesh: [/^[A-Z]\d{6,9}$/u, (local) => `https://meshb.nlm.nih.gov/record/ui?ui=${local}`],
  chebi: [/^\d+$/u, (local) => `https://www.ebi.ac.uk/chebi/searchId.do?chebiId=CHEBI:${local}`],
  cl: [/^\d{7}$/u, (local) => `https://www.ebi.ac.uk/ols4/search?q=CL:${local}`],
  fplx: [/^[A-Za-z0-9_]+$/u, (local) => `https://bioregistry.io/fplx:${local}`],
};

function entityAddress(prefix: string, local: string): string | null {
  const known = Object.hasOwn(RESOURCES, prefix) ? RESOURCES[prefix] : undefined;
  return known !== undefined && known[0].test(local) ? known[1](local) : null;
}

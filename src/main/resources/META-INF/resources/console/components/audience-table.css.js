import {css} from 'lit';

/** Of the table of audiences. */
export const table = css`
  :host {
    display: block;
  }

  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
  }

  th,
  td {
    padding: 0.625rem 1rem;
    text-align: start;
    font-weight: 400;
    border-top: 1px solid var(--line);
  }

  thead th {
    border-top: none;
    font-size: 0.8125rem;
    font-weight: 600;
    color: var(--quiet);
    white-space: nowrap;
  }

  thead a {
    color: inherit;
    text-decoration: none;
  }

  thead a:hover,
  thead [aria-sort] a {
    color: var(--ink);
    text-decoration: underline;
  }

  tbody .name {
    overflow-wrap: anywhere;
  }

  tbody .name a {
    font-weight: 600;
    text-decoration: none;
  }

  tbody .name a:hover {
    text-decoration: underline;
  }

  tbody tr:hover > * {
    background: var(--accent-soft);
  }

  tbody tr:last-child > :first-child {
    border-end-start-radius: var(--corner);
  }

  tbody tr:last-child > :last-child {
    border-end-end-radius: var(--corner);
  }

  .count {
    text-align: end;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .unit {
    display: none;
  }

  .evaluation,
  .time {
    white-space: nowrap;
  }

  .chip.active,
  .chip.published {
    color: var(--good);
    border-color: currentColor;
  }

  @media (max-width: 44rem) {
    thead tr {
      display: flex;
      flex-wrap: wrap;
      gap: 0 1rem;
      padding: 0.5rem 1rem;
    }

    thead th {
      padding: 0;
    }

    thead th.evaluation {
      display: none;
    }

    table,
    thead,
    tbody {
      display: block;
    }

    tbody tr {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0.125rem 0.75rem;
      padding: 0.625rem 1rem;
      border-top: 1px solid var(--line);
    }

    tbody th,
    tbody td {
      padding: 0;
      border: none;
      font-size: 0.8125rem;
    }

    tbody .name {
      flex-basis: 100%;
      font-size: 0.9375rem;
    }

    .unit {
      display: inline;
    }
  }
`;

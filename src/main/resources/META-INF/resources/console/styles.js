/** Styles that several components share. */

import {css} from 'lit';

export const controls = css`
  :host([hidden]) {
    display: none;
  }

  * {
    box-sizing: border-box;
  }

  a {
    color: var(--accent);
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 4px;
  }

  h1,
  h2 {
    margin: 0;
    font-size: 1.375rem;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }

  h2 {
    font-size: 1rem;
  }

  h1:focus,
  main:focus {
    outline: none;
  }

  label {
    font-weight: 600;
    font-size: 0.8125rem;
    color: var(--quiet);
  }

  input,
  textarea,
  button {
    font: inherit;
    color: var(--ink);
    background: var(--surface);
    border: 1px solid var(--control);
    border-radius: var(--corner);
    padding: 0.375rem 0.75rem;
    min-height: 2.25rem;
  }

  ::placeholder {
    color: var(--quiet);
    opacity: 1;
  }

  .button {
    display: inline-block;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--control);
    border-radius: var(--corner);
    background: var(--surface);
    text-decoration: none;
  }

  button,
  .button {
    cursor: pointer;
    font-weight: 500;
  }

  .button.primary,
  button.primary {
    color: var(--on-accent);
    background: var(--accent);
    border-color: var(--accent);
  }

  button:disabled {
    cursor: default;
    opacity: 0.6;
  }

  .quiet {
    color: var(--quiet);
  }

  .card {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--corner);
    box-shadow: var(--shadow);
  }

  .chip {
    display: inline-block;
    padding: 0 0.625rem;
    border: 1px solid var(--line);
    border-radius: 999px;
    font-size: 0.8125rem;
    color: var(--quiet);
    white-space: nowrap;
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** A large number of profiles, with what it is a part of in small letters. */
export const total = css`
  .total {
    margin: 0.5rem 0 0;
    font-size: 2.25rem;
    font-weight: 700;
    line-height: 1.2;
    font-variant-numeric: tabular-nums;
  }

  .total small {
    font-size: 0.9375rem;
    font-weight: 400;
    color: var(--quiet);
  }
`;

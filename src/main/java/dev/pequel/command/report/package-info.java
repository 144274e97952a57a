/** Findings in files, and their output as text, JSON and SARIF. */
package dev.pequel.command.report;

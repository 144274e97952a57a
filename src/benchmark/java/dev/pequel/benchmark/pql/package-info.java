/** The language, measured by JMH: parsing, checking and evaluating expressions. */
package dev.pequel.benchmark.pql;

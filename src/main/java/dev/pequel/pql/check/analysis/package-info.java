/** Warnings about suspicious expressions, conditions that are always true or false, and possible evaluation methods. */
package dev.pequel.pql.check.analysis;

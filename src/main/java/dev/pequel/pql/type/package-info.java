/** Types of values, and the profile schema that gives fields their types. */
package dev.pequel.pql.type;

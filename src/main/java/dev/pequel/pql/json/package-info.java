/** The JSON form of an expression ({@code pql/json}, P61 of the language page): a tree of nodes, read and written. */
package dev.pequel.pql.json;

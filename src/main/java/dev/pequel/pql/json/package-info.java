/**
 * Reading and writing of the JSON form of expressions ({@code pql/json}, P61 of the language page), a tree of nodes.
 */
package dev.pequel.pql.json;

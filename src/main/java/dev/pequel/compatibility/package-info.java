/** Responses for operations that the hosted service documents and Pequel lacks. */
package dev.pequel.compatibility;

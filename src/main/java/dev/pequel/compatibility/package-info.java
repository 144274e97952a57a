/** What the hosted service documents and Pequel does not have. */
package dev.pequel.compatibility;

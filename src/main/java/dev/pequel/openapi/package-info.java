/** When the description of the API is read. */
package dev.pequel.openapi;

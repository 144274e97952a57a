/** The API description: what is common to its operations, and when it is read. */
package dev.pequel.openapi;

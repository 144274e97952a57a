/** The OpenAPI document: common parts of its operations, and reading it on demand. */
package dev.pequel.openapi;

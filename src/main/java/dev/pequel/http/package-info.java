/**
 * What concerns each request and response, whatever its endpoint: identifiers and headers, refusals, error responses, and the
 * management port.
 */
package dev.pequel.http;

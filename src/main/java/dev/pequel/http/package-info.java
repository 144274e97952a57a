/**
 * Handles what all endpoints share: identifiers and headers of requests, refusals, error responses, and the management
 * port.
 */
package dev.pequel.http;

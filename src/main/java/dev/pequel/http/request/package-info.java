/** Reads the bodies and parameters of requests, with limits. Wrong input is refused with its field or position. */
package dev.pequel.http.request;

/** The console: a web page that calls the API from the browser, and its sign-in. */
package dev.pequel.console;

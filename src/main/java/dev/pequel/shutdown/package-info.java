/** How long work in progress may take to end when the service is told to stop. */
package dev.pequel.shutdown;

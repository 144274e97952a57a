/** The time that work in progress has to end when a shutdown is requested. */
package dev.pequel.shutdown;

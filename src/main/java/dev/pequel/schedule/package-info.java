/** Schedules that create segment jobs without a request: one that runs every night, and those of clients. */
package dev.pequel.schedule;

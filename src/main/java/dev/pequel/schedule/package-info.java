/** When segment jobs are created without a request: each night, and when the schedules of clients say so. */
package dev.pequel.schedule;

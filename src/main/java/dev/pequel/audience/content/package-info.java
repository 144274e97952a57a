/** Content of audiences as clients send it: read with limits, merged, and checked. Nothing here knows the database. */
package dev.pequel.audience.content;

/** The {@code /audiences} resource: creates, finds, changes and deletes the audiences of a tenant. */
package dev.pequel.audience;

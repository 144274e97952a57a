/** The {@code /audiences} resource: audiences of a tenant, how they are found, changed and refused. */
package dev.pequel.audience;

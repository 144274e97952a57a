/** Tokens and their issuer, and the roles that they grant. */
package dev.pequel.tenant.authentication;

/** Who changed which audience, when and how: written with the change, and never altered. */
package dev.pequel.audit;

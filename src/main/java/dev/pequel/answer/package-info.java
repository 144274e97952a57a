/** Records of JSON that several resources return: parts of pages, links and sentences. */
package dev.pequel.answer;

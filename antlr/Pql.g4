/**
 * PQL, the Profile Query Language.
 *
 * Precedence, tightest first; every level has its rule below:
 *
 *     1   primary         literals, names, ( ), [list], {object}, f(...), if(...), chain(...), $1, ^, @{...}, this
 *     2   postfix         x.name   x.method(...)   x[condition]                        from left to right
 *     3   unary           !x   -x                                                      from right to left
 *     4   multiplicative  x * y   x / y   x % y                                        from left to right
 *     5   additive        x + y   x - y                                                from left to right
 *     6   comparison      = != < <= > >= in notIn like matches occurs                  at most one
 *     7   negation        not x                                                        from right to left
 *     8   conjunction     x and y                                                      from left to right
 *     9   expression      x or y                                                       from left to right
 *    10   open            let, select, exists, forall, sum ... over, lambda            as far to the right as possible
 *
 * The words of the language, and where they are words
 *
 *   - Keywords are written all in lower or ALL IN UPPER case; names are case sensitive.
 *   - Reserved words (the lexer's section "Reserved words") are names only after a dot or in backticks:
 *     a.from, `from`.
 *   - All other words are keywords only in their place, and names everywhere else: XDM has fields called month, count and
 *     last. The lexer reads them as IDENTIFIER. Between lexer and parser, SoftKeywords and TimeKeywords give them the
 *     types of the section "tokens" where they stand in their place. They also make every word after a dot an IDENTIFIER,
 *     and mark the few signs that would otherwise need a long look ahead. So no rule below looks further than three words.
 *
 * Text that is wrong in a way people often write it has tokens of its own at the end of the lexer. They are reported and
 * replaced by what was probably meant before the parser sees them, and so are missing values, operators and brackets. What
 * the parser itself refuses is the form of the larger constructs.
 */
grammar Pql;

// Keywords that only their place makes (P9, P13).
tokens {
    AGGREGATE,                              // sum, average, min, max before `value over` or `variable from`
    CHAIN, WHAT, WHEN, COUNT,               // chain( , and inside its elements
    BEFORE, AFTER, ON, BETWEEN, LAST, NEXT, // after occurs, and in WHEN( )
    UNIT,                                   // day, days ... in the same places
    LET_IN,                                 // the `in` that ends the value of a `let`
    LAMBDA_PARENTHESIS                      // the parenthesis whose partner stands before =>
}

query
    : expression EOF
    ;

// 9
expression
    : conjunction (OR conjunction)*
    ;

// 8
conjunction
    : negation (AND negation)*
    ;

// 7. Below comparison, so `not a = b` is `not (a = b)`; `!a = b` is `(!a) = b`.
//    An open expression may be the last operand of `and`, `or` and `not`: it takes everything to its right.
//        a = 1 and exists X from b where X.c or X.d     is     a = 1 and (exists X from b where (X.c or X.d))
negation
    : NOT negation
    | open
    | comparison
    ;

// 10
open
    : let
    | quantified
    | aggregation
    | lambda
    ;

// let S = orders.sum(price) in S > 100 and S < 1000
// The first `in` on the level of the value ends it; a membership there needs parentheses: let B = (a in [1]) in B
let
    : LET name EQUAL expression LET_IN expression
    ;

// exists E from xEvent where E.price > 50, I from E.items where I.SKU = "PS"
quantified
    : (SELECT | EXISTS | FORALL) declarations
    ;

// sum X.price + Y.price over X from orders, Y from orders
// sum X from scores where X > 0
aggregation
    : AGGREGATE expression OVER declarations
    | AGGREGATE declaration
    ;

// A comma continues the variables only before `name from`; otherwise it belongs to what is around:
//     if(exists X from a where X.b, 1, 2)
declarations
    : declaration (COMMA declaration)*
    ;

declaration
    : name FROM postfix ((WHERE | COLON) expression)?
    ;

// (Profile) => Profile.homeAddress.city = "Paris"
lambda
    : LAMBDA_PARENTHESIS name (COMMA name)* RIGHT_PARENTHESIS ARROW expression
    ;

// 6. Comparisons do not chain.
comparison
    : additive test?
    ;

test
    : comparisonOperator additive
    | (IN | NOT_IN) additive
    | (LIKE | MATCHES) additive
    | OCCURS timeTest
    ;

comparisonOperator
    : EQUAL
    | NOT_EQUAL
    | LESS
    | LESS_OR_EQUAL
    | GREATER
    | GREATER_OR_EQUAL
    ;

// After `occurs`, and in WHEN( ):
//     <= 3 days before today     before now     between date(2018, 7, 1) and last week     on date(2018, 7, 28)     today
// A time is additive, so the `and` of `between` cannot be taken for a conjunction, nor the one after it for its own.
timeTest
    : comparisonOperator INTEGER UNIT direction time
    | direction time
    | BETWEEN time AND time
    | ON? time
    ;

direction
    : BEFORE
    | AFTER
    | FROM
    ;

time
    : (THIS | LAST | NEXT) UNIT
    | additive
    ;

// 5
additive
    : multiplicative ((PLUS | MINUS) multiplicative)*
    ;

// 4
multiplicative
    : unary ((STAR | SLASH | PERCENT) unary)*
    ;

// 3. A minus is always an operator, never part of a number: `a -1` is a subtraction.
unary
    : (BANG | MINUS) unary
    | postfix
    ;

// 2
postfix
    : primary step*
    ;

step
    : DOT name arguments?
    | LEFT_BRACKET expression RIGHT_BRACKET
    ;

arguments
    : LEFT_PARENTHESIS (expression (COMMA expression)*)? RIGHT_PARENTHESIS
    ;

// 1
primary
    : literal
    | list
    | object
    | LEFT_PARENTHESIS expression RIGHT_PARENTHESIS
    | conditional
    | chain
    | call
    | name
    | outerItem
    | PARAMETER
    | CONTEXT
    | THIS
    | timeWord
    ;

literal
    : STRING
    | INTEGER
    | DOUBLE
    | TRUE
    | FALSE
    | NULL
    ;

list
    : LEFT_BRACKET (expression (COMMA expression)*)? RIGHT_BRACKET
    ;

object
    : LEFT_BRACE (entry (COMMA entry)*)? RIGHT_BRACE
    ;

entry
    : STRING COLON expression
    ;

conditional
    : IF LEFT_PARENTHESIS expression COMMA expression COMMA expression RIGHT_PARENTHESIS
    ;

// chain(xEvent, timestamp, [A: WHAT(eventType = "view") WHEN(< 7 days before now) COUNT(5), B: WHAT(true)])
chain
    : CHAIN LEFT_PARENTHESIS expression COMMA name COMMA
      LEFT_BRACKET link (COMMA link)* RIGHT_BRACKET RIGHT_PARENTHESIS
    ;

link
    : name COLON WHAT LEFT_PARENTHESIS expression RIGHT_PARENTHESIS
      (WHEN LEFT_PARENTHESIS timeTest RIGHT_PARENTHESIS)?
      (COUNT LEFT_PARENTHESIS INTEGER RIGHT_PARENTHESIS)?
    ;

// Every method may also be called as a function: count(orders) is orders.count(). Two of them are reserved words.
call
    : (name | EXISTS | MATCHES) arguments
    ;

// ^.name and ^name are the same; ^ alone is the item itself.
outerItem
    : CARET+ (name arguments?)?
    ;

timeWord
    : NOW
    | TODAY
    | YESTERDAY
    | TOMORROW
    ;

name
    : IDENTIFIER
    | QUOTED_NAME
    ;

// ---- Reserved words

AND       : 'and' | 'AND' ;
OR        : 'or' | 'OR' ;
NOT       : 'not' | 'NOT' ;
IN        : 'in' | 'IN' ;
NOT_IN    : 'notIn' | 'notin' | 'NOTIN' ;
LIKE      : 'like' | 'LIKE' ;
MATCHES   : 'matches' | 'MATCHES' ;
OCCURS    : 'occurs' | 'OCCURS' ;
SELECT    : 'select' | 'SELECT' ;
EXISTS    : 'exists' | 'EXISTS' ;
FORALL    : 'forall' | 'FORALL' ;
FROM      : 'from' | 'FROM' ;
WHERE     : 'where' | 'WHERE' ;
OVER      : 'over' | 'OVER' ;
LET       : 'let' | 'LET' ;
IF        : 'if' | 'IF' ;
TRUE      : 'true' | 'TRUE' ;
FALSE     : 'false' | 'FALSE' ;
NULL      : 'null' | 'NULL' ;
THIS      : 'this' | 'THIS' ;
NOW       : 'now' | 'NOW' ;
TODAY     : 'today' | 'TODAY' ;
YESTERDAY : 'yesterday' | 'YESTERDAY' ;
TOMORROW  : 'tomorrow' | 'TOMORROW' ;

// ---- Names, literals, inputs

IDENTIFIER  : LETTER (LETTER | DIGIT | MARK)* ;
QUOTED_NAME : '`' (~[`\r\n] | '``')+ '`' ;          // `order-total`; a backtick in it is doubled
STRING      : '"' STRING_CHARACTER* '"' ;           // stays on one line; which escapes exist is checked later
INTEGER     : DIGIT+ ;
DOUBLE      : (DIGIT* '.' DIGIT+ EXPONENT? | DIGIT+ EXPONENT) ;
PARAMETER   : '$' DIGIT+ ;
CONTEXT     : '@{' ~[{}\r\n]+ '}' ;                 // opaque between the braces

// ---- Signs

EQUAL            : '=' ;
NOT_EQUAL        : '!=' ;
LESS             : '<' ;
LESS_OR_EQUAL    : '<=' ;
GREATER          : '>' ;
GREATER_OR_EQUAL : '>=' ;
ARROW            : '=>' ;
PLUS             : '+' ;
MINUS            : '-' ;
STAR             : '*' ;
SLASH            : '/' ;
PERCENT          : '%' ;
BANG             : '!' ;
CARET            : '^' ;
DOT              : '.' ;
COMMA            : ',' ;
COLON            : ':' ;
LEFT_PARENTHESIS  : '(' ;
RIGHT_PARENTHESIS : ')' ;
LEFT_BRACKET      : '[' ;
RIGHT_BRACKET     : ']' ;
LEFT_BRACE        : '{' ;
RIGHT_BRACE       : '}' ;

SPACE : [ \t\r\n\f]+ -> skip ;

// ---- Mistakes that are recognised

UNCLOSED_STRING  : '"' STRING_CHARACTER* '\\'? ;
UNCLOSED_NAME    : '`' (~[`\r\n] | '``')* ;
EMPTY_NAME       : '``' ;
SINGLE_QUOTED    : '\'' (~['\\\r\n] | '\\' ~[\r\n])* '\'' ;
CURLY_QUOTED     : [\u201C\u201D\u201E] ~[\u201C\u201D\u201E"\r\n]* [\u201C\u201D] ;
INVALID_NUMBER   : (DIGIT+ | DIGIT* '.' DIGIT+) EXPONENT? LETTER (LETTER | DIGIT | MARK)* ;
INVALID_CONTEXT  : '@{' (~[{}\r\n] | '{' ~[{}\r\n]* '}')* '}'? ;
DOUBLE_EQUAL     : '==' '='? | ':=' ;
NOT_DOUBLE_EQUAL : '!==' ;
DIAMOND          : '<>' ;
DOUBLE_AMPERSAND : '&' '&'? ;
DOUBLE_BAR       : '|' '|'? ;
ELVIS            : '?:' | '??' ;
PREFIXED_NAME    : 'xdm:' [\p{L}_0-9:/.-]+ ;
COMMENT          : '//' ~[\r\n]* | '/*' .*? ('*/' | EOF) ;
OTHER            : . ;

fragment STRING_CHARACTER : ~["\\\r\n] | '\\' ~[\r\n] ;
fragment EXPONENT         : [eE] [+-]? DIGIT+ ;
fragment LETTER           : [\p{L}\p{Nl}_] ;
fragment DIGIT            : [0-9] ;
fragment MARK             : [\p{Mn}\p{Mc}\p{Nd}] ; // letters of all scripts

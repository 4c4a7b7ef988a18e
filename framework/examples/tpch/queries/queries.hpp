#pragma once

#include "../query.hpp"

// One function a query. Each is what the specification asks, with its validation values; where it leaves the order of equal rows open, a
// key makes it definite.

Query q01();
Query q02();
Query q03();
Query q04();
Query q05();
Query q06();
Query q07();
Query q08();
Query q09();
Query q10();
Query q11(double scale);
Query q12();
Query q13();
Query q14();
Query q15();
Query q16();
Query q17();
Query q18();
Query q19();
Query q20();
Query q21();
Query q22();

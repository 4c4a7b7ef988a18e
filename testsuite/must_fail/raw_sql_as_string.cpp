// expect: raw SQL goes through text\(\)
#include "shop.hpp"

void run(az::connection& c);
void run(az::connection& c) {
#ifdef AZOTH_MUST_PASS
    c.execute(az::text("SELECT 1"));
#else
    c.execute("SELECT 1");
#endif
}

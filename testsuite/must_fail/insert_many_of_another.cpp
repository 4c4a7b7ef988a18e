// expect: the objects are of another struct
#include "shop.hpp"

#include <vector>

void run(az::connection& c);
void run(az::connection& c) {
#ifdef AZOTH_MUST_PASS
    c.execute(az::insert<package>(), std::vector<package>{});
#else
    c.execute(az::insert<package>(), std::vector<maintainer>{});
#endif
}

// expect: a range that can be read twice
#include "shop.hpp"

#include <iterator>
#include <sstream>
#include <vector>

std::istream& operator>>(std::istream& in, package& to);

struct incoming {
    std::istream_iterator<package> begin() const;
    std::istream_iterator<package> end() const;
};

void run(az::connection& c, const incoming& packages);
void run(az::connection& c, const incoming& packages) {
#ifdef AZOTH_MUST_PASS
    c.execute(az::insert<package>(), std::vector<package>(packages.begin(), packages.end()));
#else
    c.execute(az::insert<package>(), packages);
#endif
}

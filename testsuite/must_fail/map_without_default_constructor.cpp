// expect: a mapped struct needs a default constructor
#include "shop.hpp"

struct closed {
    explicit closed(int);
    int id;
};

int main() {
#ifdef AZOTH_MUST_PASS
    static_cast<void>(az::table_map<package>("t"));
#else
    static_cast<void>(az::table_map<closed>("t"));
#endif
}

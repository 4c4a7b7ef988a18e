// expect: (looser exception specification|more lax)
#include "shop.hpp"

#include <azoth/dialect.hpp>

// What says good-bye must not throw: the compiler holds a driver to it, since nobody could be told.
struct careless : azoth::cursor {
    [[nodiscard]] std::span<const azoth::column_info> columns() const override { return {}; }
    std::size_t fetch(std::span<azoth::cell>, std::size_t) override { return 0; }
#ifdef AZOTH_MUST_PASS
    void close() noexcept override {}
#else
    void close() override {}
#endif
};

int main() {}

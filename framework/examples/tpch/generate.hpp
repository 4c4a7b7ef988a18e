#pragma once

#include "model.hpp"

#include <cstdint>
#include <vector>

// A small generator of our own, after what the specification says of the values' domains. Each row depends on its key alone, so that any
// range of rows can be made by itself, and the rows are the same on every machine.

/// How many rows there are. A scale of 1 has the specification's numbers: 1.5 million orders with about 6 million line items. The least is
/// 0.002; so small a database has more suppliers than its scale says, so that there are two in each nation.
struct Sizes {
    std::int64_t suppliers{};
    std::int64_t parts{};
    std::int64_t customers{};
    std::int64_t orders{};

    /// Throws std::invalid_argument for a scale that cannot be had.
    static Sizes of(double scale);
    /// The scale that a number of orders belongs to.
    [[nodiscard]] static double scale_of(std::int64_t orders);
};

struct OrderWithItems {
    Order order{};
    std::vector<LineItem> items{};
};

class Generator {
public:
    explicit Generator(Sizes sizes) : sizes_{sizes} {}

    [[nodiscard]] static std::vector<Region> regions();
    [[nodiscard]] static std::vector<Nation> nations();
    // Rows are numbered from 1.
    [[nodiscard]] static Part part(std::int64_t n);
    [[nodiscard]] static Supplier supplier(std::int64_t n);
    [[nodiscard]] static Customer customer(std::int64_t n);
    /// The four suppliers of a part.
    [[nodiscard]] std::vector<PartSupplier> suppliers_of(std::int64_t part) const;
    [[nodiscard]] OrderWithItems order(std::int64_t n) const;

private:
    [[nodiscard]] std::int64_t supplier_of(std::int64_t part, std::int64_t which) const;
    [[nodiscard]] LineItem item(class Random& random, const Order& of, std::int32_t number, bool is_bulk) const;

    Sizes sizes_;
};

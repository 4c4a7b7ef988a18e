#pragma once

#include <azoth/base/value.hpp>

#include <string>

namespace azoth::orm {

/// A column of an object that a flush would write, or has written; the values are those of the database.
struct column_change {
    std::string column{};
    value before{};  ///< NULL also where it has not been read
    value now{};
};

}  // namespace azoth::orm

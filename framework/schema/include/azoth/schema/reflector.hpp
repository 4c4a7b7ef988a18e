#pragma once

#include <azoth/base/export.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth {

/// Reads what a database holds. `schema` empty: the connection's default. New functions are only ever added at the end, with a default.
class AZOTH_API reflector {
public:
    virtual ~reflector();
    [[nodiscard]] virtual bool has_table(std::string_view name, std::string_view schema = {}) = 0;
    /// Tables without the system's own, in name order.
    [[nodiscard]] virtual std::vector<std::string> table_names(std::string_view schema = {}) = 0;
};

}  // namespace azoth

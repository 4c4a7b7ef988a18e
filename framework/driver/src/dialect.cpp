#include <azoth/driver/dialect.hpp>
#include <azoth/schema/reflector.hpp>

namespace azoth {

dialect::~dialect() = default;

void dialect::check_url(const url&) const {}
std::unique_ptr<reflector> dialect::make_reflector(executor&) const { return nullptr; }
dialect::pool_hint dialect::suggested_pool(const url&) const { return pool_hint::queue; }

native_error::~native_error() = default;

}  // namespace azoth

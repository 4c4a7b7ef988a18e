#include "binding.hpp"

#include "sql/values.hpp"

#include <cppconn/datatype.h>
#include <fmt/format.h>

#include <streambuf>

namespace azoth::mysql::connector {
namespace {

/// Bytes that somebody else owns, as the stream that the library wants.
class view_buffer : public std::streambuf {
public:
    explicit view_buffer(std::string_view bytes) {
        char* const begin = const_cast<char*>(bytes.data());  // a stream buffer's pointers are not const; nobody writes
        setg(begin, begin, begin + bytes.size());
    }
};

class view_stream final : private view_buffer, public std::istream {
public:
    explicit view_stream(std::string_view bytes) : view_buffer{bytes}, std::istream{static_cast<view_buffer*>(this)} {}
};

[[noreturn]] void refuse_size(std::size_t size, std::uint64_t most) {
    throw_error(errc::value_range,
                fmt::format("the value has {} bytes, and the server takes less than {}: raise its max_allowed_packet", size, most));
}

}  // namespace

void binding::bind(lib::PreparedStatement& to, std::span<const cell> values, std::uint64_t most) {
    streams_.clear();
    for (unsigned i = 0; i < values.size(); ++i) {
        check_parameter(values[i]);
        if (values[i].is_view() && values[i].chars.size >= most) refuse_size(values[i].chars.size, most);
        bind_one(to, i + 1, values[i]);
    }
}

void binding::bind_one(lib::PreparedStatement& to, unsigned at, const cell& value) {
    switch (value.tag) {
        case cell_tag::null: return to.setNull(at, lib::DataType::SQLNULL);
        case cell_tag::i64: return to.setInt64(at, value.i64);
        case cell_tag::u64: return to.setUInt64(at, value.u64);
        case cell_tag::f64: return to.setDouble(at, value.f64);
        case cell_tag::bytes: return bind_bytes(to, at, value.chars_view());
        default: break;
    }
    arena scratch;
    const std::string_view text = parameter_text(value, scratch);
    to.setString(at, lib::SQLString{text.data() ? text.data() : "", text.size()});
}

void binding::bind_bytes(lib::PreparedStatement& to, unsigned at, std::string_view bytes) {
    streams_.push_back(std::make_unique<view_stream>(bytes));
    to.setBlob(at, streams_.back().get());
}

}  // namespace azoth::mysql::connector

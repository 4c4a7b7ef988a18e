#include "byte_source.hpp"

#include "refusal.hpp"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace azoth::detail {
namespace {

std::string system_words(int code) { return std::generic_category().message(code); }

void require_inside(std::uint64_t offset, std::size_t length, std::uint64_t size) {
    if (offset > size || length > size - offset)
        throw refusal{errc::plugin_file, fmt::format("it is truncated: {} bytes are wanted at {}, and it has {}", length, offset, size)};
}

}  // namespace

void memory_bytes::read(std::uint64_t offset, std::span<std::byte> out) const {
    require_inside(offset, out.size(), size_);
    if (!out.empty()) std::memcpy(out.data(), data_ + offset, out.size());
}

// Not blocking: what bears a plugin's name may be a pipe.
file_bytes::file_bytes(const std::filesystem::path& file) : fd_{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)} {
    if (fd_ < 0) {
        const int why = errno;
        throw refusal{errc::plugin_file, fmt::format("it cannot be read: {}{}", system_words(why),
                                                     why == EACCES ? ": give the user who runs the program the right (chmod a+r)" : "")};
    }
    struct stat facts {};
    const bool known = ::fstat(fd_, &facts) == 0;
    if (!known || !S_ISREG(facts.st_mode)) {
        ::close(fd_);
        throw refusal{errc::plugin_file, "it is not a regular file"};
    }
    size_ = static_cast<std::uint64_t>(facts.st_size);
}

file_bytes::~file_bytes() { ::close(fd_); }

void file_bytes::read(std::uint64_t offset, std::span<std::byte> out) const {
    require_inside(offset, out.size(), size_);
    while (!out.empty()) {
        const auto got = ::pread(fd_, out.data(), out.size(), static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw refusal{errc::plugin_file, "it cannot be read: " + system_words(errno)};
        if (got == 0) throw refusal{errc::plugin_file, "it shrinks while it is read"};
        out = out.subspan(static_cast<std::size_t>(got));
        offset += static_cast<std::uint64_t>(got);
    }
}

}  // namespace azoth::detail

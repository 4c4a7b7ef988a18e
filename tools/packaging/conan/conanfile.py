"""Azoth for Conan 2, of the tree that this file lies in."""

import os

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")


class Azoth(ConanFile):
    name = "azoth"
    version = "0.1.0"
    description = "SQL toolkit and ORM for C++20 over many databases, whose dialects are plugins"
    license = "BSL-1.0"
    settings = "os", "arch", "compiler", "build_type"
    package_type = "shared-library"
    options = {"with_sqlite": [True, False], "with_mariadb": [True, False]}
    default_options = {"with_sqlite": True, "with_mariadb": False}

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "README.md", "CHANGELOG.md", "framework/*", "dialects/*", "tools/cmake/*"):
            copy(self, pattern, src=ROOT, dst=self.export_sources_folder)

    def requirements(self):
        self.requires("boost/1.83.0", options={"header_only": True})
        self.requires("fmt/9.1.0", transitive_headers=True, transitive_libs=True)
        self.requires("nlohmann_json/3.11.2", transitive_headers=True)
        if self.options.with_sqlite:
            self.requires("sqlite3/3.40.1")
        if self.options.with_mariadb:
            self.requires("mariadb-connector-c/3.3.3")
            self.requires("openssl/[>=3 <4]")

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        dialects = [name for name, wanted in (("sqlite", self.options.with_sqlite), ("mysql", self.options.with_mariadb)) if wanted]
        toolchain.cache_variables["AZOTH_DIALECTS"] = ";".join(dialects)
        for part in ("TESTS", "EXAMPLES", "TOOLS"):
            toolchain.cache_variables["AZOTH_BUILD_" + part] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()

    def package_info(self):
        self.cpp_info.set_property("cmake_find_mode", "none")  # the package's own azothConfig.cmake
        self.cpp_info.builddirs.append(os.path.join("lib", "cmake", "azoth"))
        self.cpp_info.libs = ["azoth"]

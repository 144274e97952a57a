"""A test of New Year's Eve against pequel-local, with nothing but Python 3.9 or newer and a JDK 21 or newer, on the PATH or in
JAVA_HOME.

    PEQUEL_LOCAL_JAR=.../target/pequel-local.jar PEQUEL_SEED_DIRECTORY=src/test/seeds python3 -m unittest -v test_new_years_eve
"""

import json
import os
import re
import subprocess
import threading
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

BASE = "/data/core/ups"


class NewYearsEve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        # `--parent` ends the service with this process, even if that is killed.
        cls.process = subprocess.Popen(
            [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", os.environ["PEQUEL_LOCAL_JAR"],
             "--port", "0", "--parent", str(os.getpid())],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        cls.addClassCleanup(cls.stop)
        output = []
        for line in cls.process.stdout:
            output.append(line)
            listening = re.search(r"Listening on: (http://\S+:\d+)", line)
            if listening:
                break
        else:
            raise AssertionError("pequel-local ended:\n" + "".join(output))
        cls.url = listening[1]
        # The rest of the output is read away, so that the service never waits for a reader.
        threading.Thread(target=cls.process.stdout.read, daemon=True).start()
        cls.await_seeds()

    @classmethod
    def await_seeds(cls):
        deadline = time.monotonic() + 120
        while True:
            try:
                return cls.send("GET", "/q/health/ready")
            except urllib.error.HTTPError as starting:
                checks = starting.read().decode()
                if '"failed"' in checks or time.monotonic() > deadline:
                    raise AssertionError(checks) from None
            time.sleep(0.1)

    @classmethod
    def stop(cls):
        cls.process.terminate()
        cls.process.wait()

    def setUp(self):
        self.set_clock("2026-12-31T23:59:00Z")
        self.send("POST", "/_pequel/reset")

    def test_nobody_has_bought_in_the_new_year(self):
        self.assertEqual(1, self.profiles_that_bought_today())
        self.set_clock("2027-01-01T00:00:00Z")
        self.assertEqual(0, self.profiles_that_bought_today())

    def test_a_purchase_before_midnight_counts(self):
        event = {"_id": "E2", "timestamp": "2026-12-31T23:58:00Z", "eventType": "commerce.purchases",
                 "identityMap": {"email": [{"id": "alan@example.com"}]}}
        self.send("POST", BASE + "/events/import", event, "application/x-ndjson")
        self.assertEqual(2, self.profiles_that_bought_today())

    def profiles_that_bought_today(self):
        query = urllib.parse.urlencode({"name": "Bought today", "withMetrics": "true"})
        return self.send("GET", f"{BASE}/audiences?{query}")["children"][0]["metrics"]["data"]["totalProfiles"]

    def set_clock(self, now):
        self.send("PUT", "/_pequel/clock", {"now": now})

    @classmethod
    def send(cls, method, path, body=None, content_type="application/json"):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(cls.url + path, data, {"Content-Type": content_type}, method=method)
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)


if __name__ == "__main__":
    unittest.main()

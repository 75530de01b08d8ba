using System.Diagnostics.Metrics;
using ReplicatedBook.Node.Security.Passwords;

namespace ReplicatedBook.Node.Metrics;

/// <summary>How much the threads have to do that hash passwords, asked for at each scrape.</summary>
internal static class PasswordGauges
{
    /// <summary>Adds them to a meter.</summary>
    public static void Register(Meter meter, PasswordHashing hashing) => meter.CreateObservableGauge(
        "rb_password_hashes",
        () => (Measurement<int>[])
        [
            new(hashing.Running, new KeyValuePair<string, object?>("state", "running")),
            new(hashing.Waiting, new KeyValuePair<string, object?>("state", "waiting")),
        ],
        null, "Passwords that are being hashed and that wait for it; when too many wait, logins are refused.");
}

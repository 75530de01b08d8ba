using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ReplicatedBook.Cli.Repl;

/// <summary>A connection of the line protocol: whole lines in both directions. One sender and one reader.</summary>
internal sealed class ReplConnection : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(3);

    private readonly TcpClient _socket;
    private readonly Stream _stream;
    private readonly StreamReader _reader;

    private ReplConnection(TcpClient socket, Stream stream)
    {
        (_socket, _stream) = (socket, stream);
        _reader = new StreamReader(stream, Encoding.ASCII);
    }

    /// <summary>Connects.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">Of the line protocol.</param>
    /// <param name="isEncrypted">Whether the node speaks TLS.</param>
    /// <param name="authorities">Whose certificates count; null for those that this machine trusts.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="IOException">The node was not reached, or is not the one that is meant.</exception>
    public static async Task<ReplConnection> OpenAsync(
        string host, int port, bool isEncrypted, X509Certificate2Collection? authorities,
        CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ConnectLimit);
        var socket = new TcpClient { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, limit.Token);
            var stream = isEncrypted
                ? await EncryptAsync(socket.GetStream(), host, authorities, limit.Token)
                : socket.GetStream();
            return new ReplConnection(socket, stream);
        }
        catch (Exception failure)
            when (failure is SocketException or AuthenticationException or IOException or OperationCanceledException)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw new IOException(
                failure is OperationCanceledException ? "it did not take the connection in time" : failure.Message);
        }
    }

    /// <summary>Sends a line.</summary>
    public async Task SendAsync(string line, CancellationToken cancellation) =>
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellation);

    /// <summary>The next line; null at the end.</summary>
    public ValueTask<string?> ReadAsync(CancellationToken cancellation) => _reader.ReadLineAsync(cancellation);

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _socket.Dispose();
    }

    private static async Task<Stream> EncryptAsync(
        Stream stream, string host, X509Certificate2Collection? authorities, CancellationToken cancellation)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck, // The cluster's own authority has no lists.
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(options, cancellation);
        return tls;
    }
}

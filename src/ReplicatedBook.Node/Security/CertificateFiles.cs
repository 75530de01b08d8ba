using System.Globalization;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Security;

/// <summary>A certificate that is read again whenever its files have changed, so that a node gets a new one while it
/// runs. Safe from any thread.</summary>
/// <remarks>Files are looked at for each new connection. What cannot be used does not take the place of what can: while
/// only one of certificate and key has been replaced, the old ones go on.</remarks>
internal sealed partial class CertificateFiles
{
    private readonly Lock _gate = new();
    private readonly string[] _files;
    private readonly Func<Certificate> _read;
    private readonly ILogger _logger;
    private volatile Certificate _current;
    private string _seen;

    /// <summary>Reads it for the first time.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="logger">Told of changes.</param>
    /// <exception cref="ConfigurationRefusedException">It cannot be used.</exception>
    public CertificateFiles(ClientTlsOptions options, ILogger logger)
        : this(
            [options.CertificateFile!, options.KeyFile!],
            () => Certificate.Read(options.CertificateFile!, options.KeyFile!, options.KeyPassword, null), logger)
    {
    }

    /// <summary>Reads a node's own for the first time.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="self">Whose it must be.</param>
    /// <param name="logger">Told of changes.</param>
    /// <exception cref="ConfigurationRefusedException">It cannot be used, or is another's.</exception>
    public CertificateFiles(PeerTlsOptions options, NodeName self, ILogger logger)
        : this(
            [options.CertificateFile!, options.KeyFile!, options.AuthorityFile!], () => ReadOwn(options, self), logger)
    {
    }

    private CertificateFiles(string[] files, Func<Certificate> read, ILogger logger)
    {
        (_files, _read, _logger) = (files, read, logger);
        _seen = Look();
        _current = read();
    }

    /// <summary>As the files hold it now, or as they last held one that can be used.</summary>
    public Certificate Current
    {
        get
        {
            lock (_gate)
            {
                if (Look() is var now && now != _seen)
                {
                    _seen = now; // Whatever comes of it: it is tried again when they change again.
                    Read();
                }
            }

            return _current;
        }
    }

    private static Certificate ReadOwn(PeerTlsOptions options, NodeName self)
    {
        var read = Certificate.Read(
            options.CertificateFile!, options.KeyFile!, options.KeyPassword, options.AuthorityFile);
        var named = NodeName.Of(read.Leaf);
        return named == self
            ? read
            : throw new ConfigurationRefusedException(
                $"{options.CertificateFile} is "
                + (named is null ? "no node's" : $"that of node {named.Node} of cluster {named.Cluster}")
                + $"; this is node {self.Node} of cluster {self.Cluster}.");
    }

    private void Read()
    {
        try
        {
            _current = _read();
            LogRead(_files[0], _current.Leaf.SerialNumber, _current.Leaf.NotAfter.ToUniversalTime());
        }
        catch (ConfigurationRefusedException refusal)
        {
            LogNotRead(refusal.Message);
        }
    }

    /// <summary>What tells one content of the files from another: when each was written, and its length.</summary>
    private string Look() => string.Join(';', _files.Select(path => new FileInfo(path) is { Exists: true } file
        ? string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks},{file.Length}")
        : string.Empty));

    [LoggerMessage(EventId = 300, Level = LogLevel.Information,
        Message = "read {File} again: the certificate now has serial number {Serial} and is valid until {End:u}")]
    private partial void LogRead(string file, string serial, DateTime end);

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning,
        Message = "changed certificate files are not used, the certificate read before is: {Reason}")]
    private partial void LogNotRead(string reason);
}

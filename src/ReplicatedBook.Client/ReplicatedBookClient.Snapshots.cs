using System.Security.Cryptography;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <content>Snapshots belong to a node: to be asked through <see cref="At"/>.</content>
public sealed partial class ReplicatedBookClient
{
    private const string Digest = "Content-Digest";
    private const string Algorithm = "sha-256=:";

    /// <summary>The snapshots that the answering node keeps, newest first.</summary>
    public Task<ReadAnswer<Page<SnapshotResponse>>> GetSnapshotsAsync(CancellationToken cancellation = default) =>
        ReadAsync(
            "v1/cluster/snapshots", ResponseJson.Default.PageSnapshotResponse, cancellation, isTimed: false);

    /// <summary>Takes a snapshot on the answering node; committed once it is durable there. Taking two does no
    /// harm.</summary>
    public Task<WriteOutcome<SnapshotResponse>> TakeSnapshotAsync(CancellationToken cancellation = default) =>
        WriteAsync(
            new Call(HttpMethod.Post, "v1/cluster/snapshots", null, []), ResponseJson.Default.SnapshotResponse, "-",
            cancellation);

    /// <summary>Downloads a snapshot from the favourite node, once, for as long as it takes.</summary>
    /// <param name="id">As the list shows it.</param>
    /// <param name="target">Takes the bytes; what it holds is of use only if the answer says so.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="IOException"><paramref name="target"/> could not be written.</exception>
    public async Task<ReadAnswer<Download>> DownloadSnapshotAsync(
        string id, Stream target, CancellationToken cancellation = default)
    {
        var endpoint = _ring.Favourite;
        try
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Get, new Uri(endpoint, $"v1/cluster/snapshots/{Escape(id)}/content"));
            if (_options.Credentials is { } credentials)
            {
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + credentials.Bearer);
            }

            using var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            var mark = ResponseMarkReader.Read(endpoint, response.Headers);
            if (!response.IsSuccessStatusCode)
            {
                var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
                var kind = (int)response.StatusCode is >= 400 and < 500 ? ReadKind.Refused : ReadKind.Unavailable;
                return new(
                    kind, null, ProblemReader.Read(body), mark,
                    $"{endpoint.Authority} answered {(int)response.StatusCode}");
            }

            var (bytes, hash) = await CopyAsync(response.Content, target, cancellation).ConfigureAwait(false);
            return DigestOf(response) is { } promised && promised.AsSpan().SequenceEqual(hash)
                ? new(ReadKind.Answered, new Download(bytes, Convert.ToHexStringLower(hash)), null, mark, null)
                : new(ReadKind.Unavailable, null, null, mark, "the bytes are not those that the node has");
        }
        catch (Exception failure) when (failure is HttpRequestException or HttpIOException)
        {
            return new(
                ReadKind.Unavailable, null, null, new ResponseMark { Endpoint = endpoint },
                $"{endpoint.Authority}: {failure.Message}");
        }
    }

    private static async Task<(long Bytes, byte[] Hash)> CopyAsync(
        HttpContent content, Stream target, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var source = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            var piece = new byte[1 << 16];
            var bytes = 0L;
            while (await source.ReadAsync(piece, cancellation).ConfigureAwait(false) is > 0 and var read)
            {
                hash.AppendData(piece, 0, read);
                await target.WriteAsync(piece.AsMemory(0, read), cancellation).ConfigureAwait(false);
                bytes += read;
            }

            return (bytes, hash.GetHashAndReset());
        }
    }

    // RFC 9530: sha-256=:base64:
    private static byte[]? DigestOf(HttpResponseMessage response)
    {
        var texts = response.Content.Headers.TryGetValues(Digest, out var values)
            || response.Headers.TryGetValues(Digest, out values) ? values : [];
        var hash = new byte[SHA256.HashSizeInBytes];
        return texts.SingleOrDefault() is { } text && text.StartsWith(Algorithm, StringComparison.Ordinal)
            && text.EndsWith(':')
            && Convert.TryFromBase64String(text[Algorithm.Length..^1], hash, out var length)
            && length == hash.Length
                ? hash
                : null;
    }
}

using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Identity;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Encoding;

/// <content>Commands of users, keys, sessions and the audit.</content>
public static partial class CommandCodec
{
    /// <summary>Writes a command with its header.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="header">The user of the command that is carried; no key, no deadline.</param>
    /// <param name="command">The command.</param>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in Audited command) =>
        WriteAudited(destination, header, command.Origin, command.Command.Span);

    /// <summary>Wraps an encoded command in an <see cref="Audited"/> of the same user.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="origin">As in <see cref="Audited"/>.</param>
    /// <param name="command">Bytes as this class writes them; not already wrapped.</param>
    /// <exception cref="ArgumentException">The bytes are no such command.</exception>
    public static void WriteAudited(IBufferWriter<byte> destination, string origin, ReadOnlySpan<byte> command)
    {
        var reader = new MessagePackReader(command);
        if (!CommandReader.TryReadHeader(ref reader, out var kind, out var header) || kind == CommandKind.Audited)
        {
            throw new ArgumentException("only a command that is not wrapped yet can be wrapped", nameof(command));
        }

        WriteAudited(destination, new CommandHeader(header.User, default, default), origin, command);
    }

    /// <summary>The command that an <see cref="Audited"/> carries; every other bytes as they are.</summary>
    public static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> command)
    {
        var reader = new MessagePackReader(command);
        return CommandReader.TryReadHeader(ref reader, out var kind, out _) && kind == CommandKind.Audited
            && CommandReader.TryReadAudited(ref reader, out _, out var inner)
            ? inner
            : command;
    }

    /// <summary>Whether the exchange puts a command on record, so that it matters where it came from. False for one
    /// that is wrapped already.</summary>
    public static bool IsOnRecord(ReadOnlySpan<byte> command) => KindOf(command) is { } kind
        && kind != CommandKind.Audited && (AuditActions.Kinds >> (int)kind & 1) != 0;

    /// <summary>Whether a command, wrapped or not, has the hash of a password or secret in it, so that its bytes are
    /// not for every reader of the log.</summary>
    /// <remarks>Goes by the kind: a command that is damaged behind its header may have one too.</remarks>
    public static bool HasSecret(ReadOnlySpan<byte> command) => KindOf(Unwrap(command))
        is CommandKind.Bootstrap or CommandKind.CreateUser or CommandKind.SetPassword
        or CommandKind.UpgradePasswordHash or CommandKind.OpenSession or CommandKind.RotateSession
        or CommandKind.CreateApiKey
        // Wrapped in what could not be unwrapped.
        or CommandKind.Audited;

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in RecordAudit command)
    {
        var writer = Begin(destination, CommandKind.RecordAudit, in header, fields: 4);
        writer.WriteText(command.Action);
        writer.WriteText(command.Target);
        writer.WriteText(command.Origin);
        writer.WriteText(command.Outcome);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in Bootstrap command)
    {
        var writer = Begin(destination, CommandKind.Bootstrap, in header, fields: 2);
        writer.WriteText(command.Username);
        writer.WriteText(command.PasswordHash);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CreateUser command)
    {
        var writer = Begin(destination, CommandKind.CreateUser, in header, fields: 4);
        writer.WriteText(command.Username);
        writer.WriteText(command.PasswordHash);
        writer.WriteInteger((long)command.Roles);
        writer.WriteBoolean(command.OpensAccount);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in UpdateUser command)
    {
        var writer = Begin(destination, CommandKind.UpdateUser, in header, fields: 4);
        writer.WriteInteger(command.User.Value);
        writer.WriteInteger(command.Roles is { } roles ? (long)roles : -1);
        if (command.IsDisabled is { } isDisabled)
        {
            writer.WriteBoolean(isDisabled);
        }
        else
        {
            writer.WriteNil();
        }

        writer.WriteInteger(command.ExpectedVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in SetPassword command)
    {
        var writer = Begin(destination, CommandKind.SetPassword, in header, fields: 3);
        writer.WriteInteger(command.User.Value);
        writer.WriteText(command.PasswordHash);
        writer.WriteInteger(command.ExpectedTokenVersion);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in UpgradePasswordHash command)
    {
        var writer = Begin(destination, CommandKind.UpgradePasswordHash, in header, fields: 3);
        writer.WriteInteger(command.User.Value);
        writer.WriteInteger(command.TokenVersion);
        writer.WriteText(command.PasswordHash);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in OpenSession command)
    {
        var writer = Begin(destination, CommandKind.OpenSession, in header, fields: 5);
        writer.WriteInteger(command.User.Value);
        writer.WriteInteger(command.TokenVersion);
        WriteBytes32(ref writer, command.RootHash);
        WriteBytes32(ref writer, command.CurrentHash);
        writer.WriteInteger(command.Lifetime);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in RotateSession command)
    {
        var writer = Begin(destination, CommandKind.RotateSession, in header, fields: 4);
        writer.WriteInteger(command.Session.Value);
        WriteBytes32(ref writer, command.RootHash);
        WriteBytes32(ref writer, command.PresentedHash);
        WriteBytes32(ref writer, command.NewHash);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in EndSessions command)
    {
        var writer = Begin(destination, CommandKind.EndSessions, in header, fields: 2);
        writer.WriteInteger(command.User.Value);
        writer.WriteInteger(command.Session.Value);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in CreateApiKey command)
    {
        var writer = Begin(destination, CommandKind.CreateApiKey, in header, fields: 6);
        writer.WriteInteger(command.User.Value);
        writer.WriteText(command.Label);
        writer.WriteInteger((long)command.Scopes);
        writer.WriteInteger(command.ExpiresAt.Microseconds);
        writer.WriteArrayHeader(command.AllowedAddresses.Count);
        foreach (var address in command.AllowedAddresses)
        {
            writer.WriteText(address);
        }

        WriteBytes32(ref writer, command.SecretHash);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in RevokeApiKey command)
    {
        var writer = Begin(destination, CommandKind.RevokeApiKey, in header, fields: 2);
        writer.WriteInteger(command.User.Value);
        writer.WriteInteger(command.Key.Value);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in AddSigningKey command)
    {
        var writer = Begin(destination, CommandKind.AddSigningKey, in header, fields: 4);
        writer.WriteText(command.Kid);
        writer.WriteText(command.Node);
        WriteBytes32(ref writer, command.X);
        WriteBytes32(ref writer, command.Y);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in RetireSigningKey command)
    {
        var writer = Begin(destination, CommandKind.RetireSigningKey, in header, fields: 1);
        writer.WriteText(command.Kid);
        writer.Flush();
    }

    /// <summary>Writes a command with its header.</summary>
    public static void Write(IBufferWriter<byte> destination, in CommandHeader header, in Transfer command)
    {
        var writer = Begin(destination, CommandKind.Transfer, in header, fields: 4);
        writer.WriteInteger(command.From.Value);
        writer.WriteInteger(command.To.Value);
        writer.WriteInteger(command.Asset.Value);
        writer.WriteInteger(command.Amount.Units);
        writer.Flush();
    }

    /// <summary>Writes 32 bytes.</summary>
    internal static void WriteBytes32(ref MessagePackWriter writer, in Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        value.CopyTo(bytes);
        writer.WriteBytes(bytes);
    }

    private static void WriteAudited(
        IBufferWriter<byte> destination, in CommandHeader header, string origin, ReadOnlySpan<byte> command)
    {
        var writer = Begin(destination, CommandKind.Audited, in header, fields: 2);
        writer.WriteText(origin);
        writer.WriteBytes(command);
        writer.Flush();
    }
}

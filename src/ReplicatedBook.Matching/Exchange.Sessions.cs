using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Identity;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Sessions. One whose time is over counts for nothing; it is taken out by later logins, so that no entry is
/// written for it alone.</content>
public sealed partial class Exchange
{
    /// <summary>Most sessions whose time is over that one login takes out: more than one, so that they become
    /// fewer.</summary>
    private const int MostExpired = 4;

    /// <summary>Checked in this order: UserNotFound, UserDisabled, TokenVersionMismatch, LifetimeOutOfRange.</summary>
    private RejectReason ApplyOpenSession(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out OpenSession command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || !_users.Has(command.User.Value))
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.UserNotFound);
        }

        var id = (int)command.User.Value;
        ref readonly var user = ref _users[id];
        var reason = user.IsDisabled ? RejectReason.UserDisabled
            : user.TokenVersion != command.TokenVersion ? RejectReason.TokenVersionMismatch
            : command.Lifetime is < OpenSession.MinLifetime or > OpenSession.MaxLifetime
                ? RejectReason.LifetimeOutOfRange
            : RejectReason.None;
        if (reason != RejectReason.None)
        {
            return Refuse(reason);
        }

        MakeRoomForSession(id);
        var slot = _users.AddSession(new Session
        {
            Id = ++_users.LastSession,
            User = id,
            RootHash = command.RootHash,
            CurrentHash = command.CurrentHash,
            ExpiresAt = Now.Microseconds + command.Lifetime,
            CreatedAt = Now.Microseconds,
        });
        ref readonly var session = ref _users.Session(slot);
        _events.On(new SessionOpened(
            new SessionId(session.Id), command.User, new Timestamp(session.ExpiresAt)));
        return AnswerSession(in session);
    }

    private void MakeRoomForSession(int user)
    {
        for (var i = 0; i < MostExpired && _users.FirstSessionEnd <= Now.Microseconds; i++)
        {
            EndSession(_users.FirstSessionToEnd, SessionEnd.Expired);
        }

        while (_users[user].Sessions is { First: var oldest, Count: var count } && count >= _limits.MaxSessionsPerUser)
        {
            EndSession(oldest, IsSessionOver(oldest) ? SessionEnd.Expired : SessionEnd.Displaced);
        }
    }

    /// <summary>Checked in this order: RefreshInvalid, RefreshReused.</summary>
    /// <remarks>RefreshReused is the one refusal with an effect: the session ends.</remarks>
    private RejectReason ApplyRotateSession(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out RotateSession command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None)
        {
            return Refuse(barred);
        }

        var slot = _users.FindSession(command.Session.Value);
        if (slot < 0 || IsSessionOver(slot) || _users.Session(slot).RootHash != command.RootHash)
        {
            return Refuse(RejectReason.RefreshInvalid);
        }

        if (_users.Session(slot).CurrentHash != command.PresentedHash)
        {
            EndSession(slot, SessionEnd.RefreshReused);
            return Refuse(RejectReason.RefreshReused);
        }

        _users.Rotate(slot, command.NewHash);
        return AnswerSession(in _users.Session(slot));
    }

    /// <summary>Checked in this order: UserNotFound, SessionNotFound.</summary>
    private RejectReason ApplyEndSessions(ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out EndSessions command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        if (barred != RejectReason.None || !_users.Has(command.User.Value))
        {
            return Refuse(barred != RejectReason.None ? barred : RejectReason.UserNotFound);
        }

        var user = (int)command.User.Value;
        if (command.Session.Value == 0)
        {
            _users.Edit(user).TokenVersion++;
            Changed(user);
            return AnswerSessionsEnded(EndSessionsOf(user, SessionEnd.Logout));
        }

        var slot = _users.FindSession(command.Session.Value);
        if (slot < 0 || _users.Session(slot).User != user || IsSessionOver(slot))
        {
            return Refuse(RejectReason.SessionNotFound);
        }

        EndSession(slot, SessionEnd.Logout);
        return AnswerSessionsEnded(1);
    }

    private bool IsSessionOver(int slot) => _users.Session(slot).ExpiresAt <= Now.Microseconds;

    /// <returns>How many had not ended by themselves.</returns>
    private int EndSessionsOf(int user, SessionEnd reason)
    {
        var count = 0;
        for (var slot = _users[user].Sessions.First; slot >= 0; slot = _users[user].Sessions.First)
        {
            var isOver = IsSessionOver(slot);
            EndSession(slot, isOver ? SessionEnd.Expired : reason);
            count += isOver ? 0 : 1;
        }

        return count;
    }

    private void EndSession(int slot, SessionEnd reason)
    {
        ref readonly var session = ref _users.Session(slot);
        IdentityIndex = AppliedIndex;
        _events.On(new SessionEnded(new SessionId(session.Id), new UserId(session.User), reason));
        _users.RemoveSession(slot);
    }

    private RejectReason AnswerSession(in Session session)
    {
        var packed = new PackedSpan(_answer.Reserve(IdentityResultLayout.MaxBytes));
        IdentityResultLayout.Session(ref packed, in session);
        _answer.Advance(packed.Length);
        return RejectReason.None;
    }

    private RejectReason AnswerSessionsEnded(int count)
    {
        var packed = new PackedSpan(_answer.Reserve(IdentityResultLayout.MaxBytes));
        IdentityResultLayout.Ended(ref packed, count);
        _answer.Advance(packed.Length);
        return RejectReason.None;
    }
}

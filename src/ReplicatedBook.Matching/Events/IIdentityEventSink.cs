namespace ReplicatedBook.Matching.Events;

/// <summary>The part of <see cref="IEventSink"/> that tells of users, keys, the audit and transfers. A sink without an
/// interest in it need not say so.</summary>
public interface IIdentityEventSink
{
    /// <summary>See <see cref="UserChanged"/>.</summary>
    void On(in UserChanged e)
    {
    }

    /// <summary>See <see cref="ApiKeyChanged"/>.</summary>
    void On(in ApiKeyChanged e)
    {
    }

    /// <summary>See <see cref="SessionOpened"/>.</summary>
    void On(in SessionOpened e)
    {
    }

    /// <summary>See <see cref="SessionEnded"/>.</summary>
    void On(in SessionEnded e)
    {
    }

    /// <summary>See <see cref="SigningKeyChanged"/>.</summary>
    void On(in SigningKeyChanged e)
    {
    }

    /// <summary>See <see cref="AuditRecorded"/>.</summary>
    void On(in AuditRecorded e)
    {
    }

    /// <summary>See <see cref="Transferred"/>.</summary>
    void On(in Transferred e)
    {
    }

    /// <summary>See <see cref="OrderSessionChanged"/>.</summary>
    void On(in OrderSessionChanged e)
    {
    }
}

using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Matching.Tests.Testing;

internal sealed partial class RecordedEvents
{
    public void On(in UserChanged e) => All.Add(e);

    public void On(in ApiKeyChanged e) => All.Add(e);

    public void On(in SessionOpened e) => All.Add(e);

    public void On(in SessionEnded e) => All.Add(e);

    public void On(in SigningKeyChanged e) => All.Add(e);

    public void On(in AuditRecorded e) => All.Add(e);

    public void On(in Transferred e) => All.Add(e);

    public void On(in OrderSessionChanged e) => All.Add(e);
}

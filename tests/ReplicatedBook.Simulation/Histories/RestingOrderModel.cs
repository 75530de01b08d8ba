namespace ReplicatedBook.Simulation.Histories;

/// <summary>One client order id of one account, at a price nobody meets: the first order placed under it stays its only
/// one, and can be taken out once.</summary>
internal readonly struct RestingOrderModel : IModel<RestingOrder, RestingOrderAction>
{
    public RestingOrder Initial => default;

    public bool TryApply(
        in RestingOrder state, in RestingOrderAction action, bool isAnswered, out RestingOrder next)
    {
        (var answer, next) = action.Verb switch
        {
            OrderVerb.Place => Place(state, action.Content),
            OrderVerb.Cancel => Cancel(state),
            _ => (state.Phase == OrderPhase.Absent ? OrderAnswer.NotFound : OrderAnswer.Done, state),
        };
        return !isAnswered || (action.Answer == answer && (action.Shown is not { } shown || shown == next));
    }

    private static (OrderAnswer Answer, RestingOrder Next) Place(RestingOrder state, long content) => state.Phase switch
    {
        OrderPhase.Absent => (OrderAnswer.Done, new RestingOrder(OrderPhase.Open, content)),
        _ when state.Content == content => (OrderAnswer.Existing, state),
        _ => (OrderAnswer.OtherContent, state),
    };

    private static (OrderAnswer Answer, RestingOrder Next) Cancel(RestingOrder state) => state.Phase switch
    {
        OrderPhase.Absent => (OrderAnswer.NotFound, state),
        OrderPhase.Open => (OrderAnswer.Done, state with { Phase = OrderPhase.Canceled }),
        _ => (OrderAnswer.NotOpen, state),
    };
}

namespace ReplicatedBook.Matching.Commands;

/// <summary>Says that every member of the cluster carries out a feature level; proposed by the leader alone.</summary>
/// <param name="Level">The level; one that is not above the present changes nothing.</param>
public readonly record struct SetFeatureLevel(int Level);

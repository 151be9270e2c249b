export const PLACE_LEVELS = ['county', 'town', 'village'] as const;
